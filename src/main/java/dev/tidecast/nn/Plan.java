package dev.tidecast.nn;

import java.util.List;

/** The frozen structure of a network: its weights, operations, ends, and where every vector lies. */
record Plan(List<Param> params, List<Initialiser> starts, List<Stage> stages, Slot input, Slot output, Layout layout) {}
