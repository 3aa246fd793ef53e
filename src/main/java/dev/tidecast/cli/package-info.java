/** The command line: one file per command, and what commands share. Exit codes: 0 done, 1 failed, 2 wrong usage or a wrong pipeline file. */
@NullMarked
package dev.tidecast.cli;

import org.jspecify.annotations.NullMarked;
