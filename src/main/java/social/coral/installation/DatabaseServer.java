package social.coral.installation;

import java.util.Properties;

/**
 * The PostgreSQL server that this installation stands on, reached as the owner of its database.
 *
 * @param jdbcUrl the address, without credentials
 * @param owner the user and password of the database's owner, and the other connection properties, in pgjdbc's names
 * @param embedded whether this process started the server and stops it
 */
public record DatabaseServer(String jdbcUrl, Properties owner, boolean embedded) {

    /** The owner's properties with another login in place of the owner's. */
    public Properties as(String user, String password) {
        Properties properties = new Properties();
        properties.putAll(owner);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }
}
