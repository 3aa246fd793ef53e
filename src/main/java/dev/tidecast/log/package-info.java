/** The format of log lines, as text and as JSON, and the known lines that are left out. */
@NullMarked
package dev.tidecast.log;

import org.jspecify.annotations.NullMarked;
