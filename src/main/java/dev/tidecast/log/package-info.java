/** What a line of the log looks like: as text, as JSON, and which known lines are left out. */
@NullMarked
package dev.tidecast.log;

import org.jspecify.annotations.NullMarked;
