package org.peerlet.core.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the connections of one server share.
 *
 * @param timer closes connections whose time is up
 * @param threads run connections and bodies
 */
record ServerContext(
    RequestGuard guard,
    Publications publications,
    ServerLimits limits,
    ConnectionLimits connections,
    BufferPool buffers,
    ScheduledExecutorService timer,
    Executor threads) {}
