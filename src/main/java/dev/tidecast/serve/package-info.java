/** The HTTP server: health, metrics, the latest forecasts and the page. */
@NullMarked
package dev.tidecast.serve;

import org.jspecify.annotations.NullMarked;
