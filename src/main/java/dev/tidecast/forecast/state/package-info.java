/** What is kept of a key: its numbers, where each of them lies, and their bytes. */
@NullMarked
package dev.tidecast.forecast.state;

import org.jspecify.annotations.NullMarked;
