package social.coral.usage;

import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Failure;

@RestController
@RequestMapping("/api/user/budget")
class BudgetController {

    record OneBudget(Budget budget) {}

    record BudgetInput(@Nullable Long monthMicroUsd, @Nullable Long dayMicroUsd, @Nullable Boolean stopped) {}

    private final Budgets budgets;

    BudgetController(Budgets budgets) {
        this.budgets = budgets;
    }

    @GetMapping
    @Operation(summary = "What may be spent in a month and in a day, and whether all spending is stopped")
    OneBudget budget() {
        return new OneBudget(budgets.current());
    }

    @PutMapping
    @Operation(summary = "Sets what may be spent", description = "In millionths of a US dollar; null or absent is no limit beside the plan's. stopped: true ends all calls at once.")
    OneBudget budget(@RequestBody BudgetInput input) {
        if (input.stopped() == null) {
            throw Failure.invalid("stopped", "\"stopped\" must be true or false.");
        }
        return new OneBudget(budgets.change(input.monthMicroUsd(), input.dayMicroUsd(), input.stopped()));
    }
}
