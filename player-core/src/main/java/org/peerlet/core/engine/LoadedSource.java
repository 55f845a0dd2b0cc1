package org.peerlet.core.engine;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.AddressPolicy;

/**
 * A torrent that was read and checked, and who may be asked for it.
 *
 * @param trackers whose form the address policy allows; they are looked up when they are needed
 * @param origins web seeds, some of which no name server may know now; each request checks its
 *     address again
 * @param peers to try besides those that trackers name
 * @param title what the site calls the clip; empty where it says nothing
 * @param notice a sentence about what was left out
 */
record LoadedSource(
    Metainfo metainfo,
    AddressPolicy policy,
    List<String> trackers,
    List<String> origins,
    List<InetSocketAddress> peers,
    Optional<String> title,
    Optional<String> notice) {}
