package dev.tidecast.serve;

import java.util.Map;

/** How the process is, pipeline by pipeline; asked on the HTTP threads, so the answer must come at once. */
public interface Health {
    /** False: only a restart helps. */
    boolean isLive();

    /** True: events are being answered. */
    boolean isReady();

    /** The state of each pipeline in a word. */
    Map<String, String> states();
}
