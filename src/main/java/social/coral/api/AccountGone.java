package social.coral.api;

import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.http.HttpStatus;

/** Thrown when the database refuses work for an account that was erased, or whose erasure has begun. Not an error of the product. */
public final class AccountGone extends NonTransientDataAccessException {

    public AccountGone() {
        super("the account is gone");
    }

    public Failure toFailure() {
        return Failure.of(HttpStatus.UNAUTHORIZED, "account_gone", "This account was erased.");
    }
}
