/** What happens to a key when a bucket closes, and what is read off its state for a forecast. */
@NullMarked
package dev.tidecast.forecast.close;

import org.jspecify.annotations.NullMarked;
