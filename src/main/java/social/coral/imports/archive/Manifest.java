package social.coral.imports.archive;

import java.util.Map;

/**
 * What an archive says that it holds.
 *
 * @param files the files with the owner's posts, and how many posts each has
 * @param partial whether X says that the archive is not complete
 * @param username that of the archive's owner; empty if the manifest does not name it
 * @param total how many posts an archive of 2012 to 2018 has in all; 0 if it does not say
 */
public record Manifest(Map<String, Long> files, boolean partial, String username, long total) {}
