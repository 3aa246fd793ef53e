/** The pipeline on Kafka: reads events, builds and runs the topology, and handles its stores and errors. */
@NullMarked
package dev.tidecast.stream;

import org.jspecify.annotations.NullMarked;
