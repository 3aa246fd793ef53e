package dev.tidecast.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of brokers as a person writes them, checked before anything is opened or any client is made. */
public final class Addresses {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[A-Za-z_0-9]+://)?(?:\\[[0-9A-Fa-f:.%]+]|[^\\s:/\\[\\],]+)(?::(?<port>[^:\\s,]*))?");
    private static final int LAST_PORT = 65_535;

    private Addresses() {}

    /**
     * What is wrong with {@code HOST:PORT[,HOST:PORT...]} and what to do about it, as the rest of a sentence that begins
     * with the name of the option or field; empty if all is right.
     */
    public static Optional<String> fault(String addresses) {
        for (String address : addresses.split(",", -1)) {
            String cure = cure(address.strip());
            if (!cure.isEmpty()) {
                return Optional.of("is HOST:PORT[,HOST:PORT...], was " + (addresses.isBlank() ? "empty" : addresses)
                        + ": " + cure);
            }
        }
        return Optional.empty();
    }

    /** What to do about one address; empty if it is right. */
    private static String cure(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return address.isEmpty() ? "name a host and a port between commas" : "correct \"" + address + "\"";
        }
        String port = parts.group("port");
        if (port == null || port.isEmpty()) {
            return "add the port, Kafka's usual one is 9092";
        }
        return isPort(port) ? "" : "a port is a number from 1 to " + LAST_PORT;
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LAST_PORT;
    }
}
