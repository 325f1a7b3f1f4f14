package social.coral.api;

import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.http.HttpStatus;

/** The database refused work for somebody who is gone, or whose erasure has begun while the work was under way: a fault of nobody's. */
public final class AccountGone extends NonTransientDataAccessException {

    public AccountGone() {
        super("the account is gone");
    }

    /** For whoever still waits for the work. */
    public Failure answer() {
        return Failure.of(HttpStatus.UNAUTHORIZED, "account_gone", "This account was erased.");
    }
}
