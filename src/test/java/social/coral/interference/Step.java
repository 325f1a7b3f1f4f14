package social.coral.interference;

/**
 * One operation of a sequence. The numbers choose among what there is when it is played: a route of the document, one of its
 * bodies, one of the actor's things, a key of idempotency.
 */
record Step(Actor actor, int route, int variant, int target, int key) {

    enum Actor {
        /** Whose acts nobody may notice. */
        OTHER,
        OBSERVER
    }

    boolean isOfTheObserver() {
        return actor == Actor.OBSERVER;
    }
}
