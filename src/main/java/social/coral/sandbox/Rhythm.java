package social.coral.sandbox;

/** The distribution of a person's posts over the hours of a day. */
enum Rhythm {
    EARLY(0, 0, 0, 1, 4, 9, 10, 9, 7, 5, 4, 4, 5, 4, 3, 3, 3, 2, 2, 2, 1, 1, 0, 0),
    OFFICE(0, 0, 0, 0, 0, 1, 2, 5, 9, 9, 7, 6, 8, 6, 6, 6, 7, 6, 3, 2, 2, 1, 1, 0),
    EVENING(1, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 3, 4, 3, 3, 3, 4, 6, 8, 10, 11, 9, 6, 3),
    NIGHT(9, 7, 5, 3, 1, 0, 0, 0, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10),
    ALL_DAY(2, 2, 2, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 3, 2);

    private static final long HOUR = 3_600_000L;

    private final int[] weights;
    private final int total;

    Rhythm(int... weights) {
        this.weights = weights;
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        this.total = sum;
    }

    /** Returns the millisecond of the day by which the given share (0 to 1) of the day's posts is written. */
    long millisOfDay(double share) {
        double left = share * total;
        for (int hour = 0; hour < weights.length; hour++) {
            if (left < weights[hour]) {
                return (long) ((hour + left / weights[hour]) * HOUR);
            }
            left -= weights[hour];
        }
        return weights.length * HOUR - 1;
    }
}
