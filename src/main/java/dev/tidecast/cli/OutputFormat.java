package dev.tidecast.cli;

/** What a verb answers in. */
enum OutputFormat {
    TEXT,
    JSON
}
