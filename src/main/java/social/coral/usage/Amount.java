package social.coral.usage;

/**
 * What a call used, or can use at most.
 *
 * @param units how many of the call's unit, such as posts
 * @param inputTokens tokens that the model read, with those of {@code cachedTokens}
 * @param cachedTokens tokens of the input that the service had read before and charges less for
 * @param outputTokens tokens that the model wrote, with those of {@code reasoningTokens}
 * @param reasoningTokens tokens of the output that the model wrote for itself
 * @param saidMicroUsd what the service itself says that this costs, in millionths of a US dollar; 0 if it says nothing
 */
public record Amount(int units, int inputTokens, int cachedTokens, int outputTokens, int reasoningTokens, long saidMicroUsd) {

    public static final Amount NONE = units(0);

    public Amount {
        if (units < 0 || cachedTokens < 0 || cachedTokens > inputTokens || reasoningTokens < 0 || reasoningTokens > outputTokens || saidMicroUsd < 0) {
            throw new IllegalArgumentException("no amount: " + units + ", " + inputTokens + ", " + cachedTokens + ", " + outputTokens + ", " + reasoningTokens
                    + ", " + saidMicroUsd);
        }
    }

    /** An amount of which the service does not say what it costs. */
    public Amount(int units, int inputTokens, int cachedTokens, int outputTokens, int reasoningTokens) {
        this(units, inputTokens, cachedTokens, outputTokens, reasoningTokens, 0);
    }

    /** The same, of which the service says that it costs so much. */
    public Amount costing(long microUsd) {
        return new Amount(units, inputTokens, cachedTokens, outputTokens, reasoningTokens, microUsd);
    }

    /** Returns the sum. What it costs is said only where it is said of both. */
    public Amount plus(Amount other) {
        boolean isSaid = (saidMicroUsd > 0 || equals(NONE)) && (other.saidMicroUsd > 0 || other.equals(NONE));
        return new Amount(Math.addExact(units, other.units), Math.addExact(inputTokens, other.inputTokens), Math.addExact(cachedTokens, other.cachedTokens),
                Math.addExact(outputTokens, other.outputTokens), Math.addExact(reasoningTokens, other.reasoningTokens),
                isSaid ? Math.addExact(saidMicroUsd, other.saidMicroUsd) : 0);
    }

    /** Returns no more of anything than {@code most} has. */
    public Amount atMost(Amount most) {
        int input = Math.min(inputTokens, most.inputTokens);
        int output = Math.min(outputTokens, most.outputTokens);
        return new Amount(Math.min(units, most.units), input, Math.min(cachedTokens, input), output, Math.min(reasoningTokens, output));
    }

    /** An amount of units only. */
    public static Amount units(int units) {
        return new Amount(units, 0, 0, 0, 0);
    }
}
