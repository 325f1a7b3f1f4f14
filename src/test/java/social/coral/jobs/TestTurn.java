package social.coral.jobs;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A turn that ends when the test says so. */
public record TestTurn(BooleanSupplier over, BooleanSupplier stopping) implements Turn {

    public static final TestTurn ENDLESS = new TestTurn(() -> false, () -> false);

    @Override
    public boolean isOver() {
        return stopping.getAsBoolean() || over.getAsBoolean();
    }

    @Override
    public boolean isStopping() {
        return stopping.getAsBoolean();
    }

    @Override
    public void progressed() {}

    @Override
    public void comeBack() {}

    @Override
    public <T extends Object> T outside(Supplier<T> call) {
        return call.get();
    }
}
