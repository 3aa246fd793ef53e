/** What a forecaster is told: the kind of target, the horizon, the seasons, the network. */
@NullMarked
package dev.tidecast.forecast.spec;

import org.jspecify.annotations.NullMarked;
