package io.larder.memcached.client;

/**
 * A user of a server that was started with an authentication file ({@code -Y}).
 *
 * @param user without blanks
 * @param password without blanks
 */
public record Credentials(String user, String password) {

    /** Checks that neither part can end the command it is sent in. */
    public Credentials {
        if (user.isEmpty() || user.chars().anyMatch(letter -> letter <= ' ' || letter == ':')) {
            throw new IllegalArgumentException("user must be a name without blanks and colons, was '" + user + "'");
        }
        if (password.chars().anyMatch(letter -> letter <= ' ')) {
            throw new IllegalArgumentException("password of user '" + user
                    + "' must not contain blanks or control characters, which memcached never accepts");
        }
    }

    /** Returns the user alone. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
