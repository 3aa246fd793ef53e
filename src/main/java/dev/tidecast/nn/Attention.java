package dev.tidecast.nn;

/** What an attention found, and the weight it gave each frame. */
public record Attention(Slot context, Slot weights) {}
