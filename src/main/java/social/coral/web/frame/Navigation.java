package social.coral.web.frame;

/** The pages that the navigation offers, in its order. A page that is built is entered here; nothing else is to do. */
public enum Navigation {
    DASHBOARD("", "/dashboard", "Dashboard", Icon.DASHBOARD),
    ACCOUNTS("Listen", "/accounts", "Accounts", Icon.ACCOUNTS),
    POSTS("Listen", "/tweets", "Posts", Icon.POSTS),
    AGENTS("Work", "/agents", "Agents", Icon.AGENTS),
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

    /** Whether this entry is where the person is. */
    public boolean holds(String address) {
        return address.equals(path) || address.startsWith(path + "/");
    }

    /** Whether a group begins with this entry; the first one stands alone. */
    public boolean opensGroup() {
        return ordinal() > 0 && !values()[ordinal() - 1].group.equals(group);
    }
}
