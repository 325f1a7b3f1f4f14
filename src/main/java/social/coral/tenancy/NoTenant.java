package social.coral.tenancy;

/** Tenant data was asked for outside any tenant's work. Always a fault of the program, and refused before any SQL runs. */
public final class NoTenant extends IllegalStateException {

    NoTenant() {
        super("tenant data was asked for outside any tenant's work");
    }
}
