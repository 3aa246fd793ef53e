package dev.tidecast.pipeline;

/** Where the HTTP side listens; port 0: any free one. */
public record HttpSpec(String host, int port) {
    /** The loopback address and the port of the documentation. */
    public static final HttpSpec DEFAULT = new HttpSpec("127.0.0.1", 8080);
}
