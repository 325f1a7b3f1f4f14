package social.coral.tenancy;

/** Thrown when code without a tenant asks for tenant data. Always a bug, and refused before any SQL runs. */
public final class NoTenant extends IllegalStateException {

    NoTenant() {
        super("tenant data was asked for outside any tenant's work");
    }
}
