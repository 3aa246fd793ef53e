/** The HTTP server: health, metrics, the latest forecasts and the page, and what such a process opens. */
@NullMarked
package dev.tidecast.serve;

import org.jspecify.annotations.NullMarked;
