/** The pipeline on Kafka: reading events, the topology, its stores and errors, the running of it. */
@NullMarked
package dev.tidecast.stream;

import org.jspecify.annotations.NullMarked;
