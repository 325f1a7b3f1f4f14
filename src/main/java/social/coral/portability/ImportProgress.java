package social.coral.portability;

/**
 * How far a running import is.
 *
 * @param read how many bytes of the upload are read, without those that only wait to be read
 * @param size how many bytes it has; negative if its sender has not said
 * @param rows how many rows are read
 * @param allRows how many the file says it has; 0 while that is not known
 */
public record ImportProgress(long read, long size, long rows, long allRows) {}
