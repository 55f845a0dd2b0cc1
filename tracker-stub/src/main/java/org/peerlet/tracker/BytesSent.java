package org.peerlet.tracker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Payload bytes handed to the network, without headers, in all and by file name. Any thread. */
final class BytesSent {
  // Only names that are in the folder are counted, so the map is as bounded as the folder.
  private final ConcurrentHashMap<String, LongAdder> byName = new ConcurrentHashMap<>();

  LongAdder of(String name) {
    return byName.computeIfAbsent(name, key -> new LongAdder());
  }

  long total() {
    return byName.values().stream().mapToLong(LongAdder::sum).sum();
  }

  Map<String, Long> byName() {
    return byName.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
