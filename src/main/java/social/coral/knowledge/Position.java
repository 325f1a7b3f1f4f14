package social.coral.knowledge;

/** How far an index follows a tenant's changes: all up to this one are in it, after a crash too. 0 at first. */
interface Position {

    long get();

    void moveTo(long change);
}
