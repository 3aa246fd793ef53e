/** What a person or a program may ask over HTTP: health, metrics, the latest forecasts, the page. */
@NullMarked
package dev.tidecast.serve;

import org.jspecify.annotations.NullMarked;
