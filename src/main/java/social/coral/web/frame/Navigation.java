package social.coral.web.frame;

/** The pages in the navigation, in their order. A new page needs no other entry. */
public enum Navigation {
    DASHBOARD("", "/dashboard", "Dashboard", Icon.DASHBOARD),
    ACCOUNTS("Listen", "/accounts", "Accounts", Icon.ACCOUNTS),
    POSTS("Listen", "/tweets", "Posts", Icon.POSTS),
    INSIGHTS("Listen", "/insights", "Insights", Icon.INSIGHTS),
    METRICS("Listen", "/metrics", "Metrics", Icon.METRICS),
    BLOGS("Write", "/blogs", "Blog posts", Icon.BLOG),
    THREADS("Write", "/threads", "Threads", Icon.THREAD),
    REPLIES("Write", "/replies", "Replies", Icon.REPLY),
    AGENTS("Work", "/agents", "Agents", Icon.AGENTS),
    KNOWLEDGE("Work", "/knowledge", "Knowledge", Icon.KNOWLEDGE),
    LOGS("Work", "/logs", "Log", Icon.LOG),
    PERSONA("You", "/persona", "Personas", Icon.PERSONA),
    SETTINGS("You", "/settings", "Settings", Icon.SETTINGS);

    private final String group;
    private final String path;
    private final String label;
    private final Icon icon;

    Navigation(String group, String path, String label, Icon icon) {
        this.group = group;
        this.path = path;
        this.label = label;
        this.icon = icon;
    }

    public String group() {
        return group;
    }

    public String path() {
        return path;
    }

    public String label() {
        return label;
    }

    public Icon icon() {
        return icon;
    }

    /** Reports whether the person is on this page. */
    public boolean holds(String address) {
        return address.equals(path) || address.startsWith(path + "/");
    }

    /** Reports whether a group begins with this entry; the first entry has no group. */
    public boolean opensGroup() {
        return ordinal() > 0 && !values()[ordinal() - 1].group.equals(group);
    }
}
