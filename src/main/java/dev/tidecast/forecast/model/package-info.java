/** What all keys share: where new keys begin and the weights of the network, and their bytes. */
@NullMarked
package dev.tidecast.forecast.model;

import org.jspecify.annotations.NullMarked;
