/** The demo: a broker, two pipelines with their sample streams, what is shown of them, and the account of every event. */
@NullMarked
package dev.tidecast.demo;

import org.jspecify.annotations.NullMarked;
