package org.peerlet.core.torrent;

import org.libtorrent4j.SettingsPack;
import org.libtorrent4j.swig.alert;
import org.libtorrent4j.swig.settings_pack;
import org.libtorrent4j.swig.settings_pack.bool_types;
import org.libtorrent4j.swig.settings_pack.int_types;
import org.libtorrent4j.swig.settings_pack.string_types;
import org.peerlet.core.sharing.ShareMode;

/** libtorrent's settings for streaming, each with its reason. */
final class SessionSettings {
  /** The viewer's router and the swarm both bear this many (threats.md T21). */
  private static final int MAX_CONNECTIONS = 40;

  /** More than a large swarm announces between two looks; at 1000, the default, some were lost. */
  private static final int ALERT_QUEUE = 20_000;

  /** The torrents that Peerlet takes are at most this long (threats.md T5). */
  private static final int MAX_METADATA_BYTES = 4 << 20;

  /** A third of a second of a home's uplink; 100 ms away, 1.3 MB/s. */
  private static final int MAX_QUEUED_BLOCKS = 8;

  private SessionSettings() {}

  static SettingsPack of(ShareMode share, Reach reach, PeerId peerId) {
    SettingsPack pack = new SettingsPack();
    identity(pack, peerId);
    network(pack, reach);
    streaming(pack);
    sharing(pack, share);
    return pack;
  }

  private static void identity(SettingsPack pack, PeerId peerId) {
    set(pack, string_types.user_agent, "Peerlet/0.1");
    set(pack, string_types.handshake_client_version, "Peerlet 0.1");
    set(pack, string_types.peer_fingerprint, peerId.text());
  }

  private static void network(SettingsPack pack, Reach reach) {
    set(pack, string_types.listen_interfaces, "0.0.0.0:0,[::]:0");
    set(pack, bool_types.enable_dht, reach.dht());
    set(pack, bool_types.enable_lsd, false);
    set(pack, bool_types.enable_upnp, reach.portMapping());
    set(pack, bool_types.enable_natpmp, reach.portMapping());
    // No third party hears of a viewer: WebTorrent's default STUN server is one.
    set(pack, string_types.webtorrent_stun_server, "");
    // On a fast link uTP costs a factor of 15, and it is tried before TCP: see UtpPolicy.
    set(pack, bool_types.enable_outgoing_utp, false);
    // Viewers behind one router share an address.
    set(pack, bool_types.allow_multiple_connections_per_ip, true);
    set(pack, int_types.connections_limit, MAX_CONNECTIONS);
    // A clip has few peers and no time: ask them all at once, and all trackers.
    set(pack, bool_types.smooth_connects, false);
    set(pack, int_types.connection_speed, 50);
    set(pack, bool_types.announce_to_all_trackers, true);
    set(pack, bool_types.announce_to_all_tiers, true);
    // The filter is about peers that are spared; a tracker may share a host with one.
    set(pack, bool_types.apply_ip_filter_to_trackers, false);
    set(pack, int_types.peer_connect_timeout, 5);
    set(pack, int_types.min_reconnect_time, 5);
    set(pack, int_types.tracker_completion_timeout, 10);
    set(pack, int_types.tracker_receive_timeout, 5);
    // Closing the window must not wait for a tracker.
    set(pack, int_types.stop_tracker_timeout, 1);
    // The tracker's interval counts; at the default, nobody would ask again within five minutes.
    set(pack, int_types.min_announce_interval, 15);
    set(pack, int_types.tracker_maximum_response_length, 1 << 20);
    set(pack, int_types.max_metadata_size, MAX_METADATA_BYTES);
  }

  private static void streaming(SettingsPack pack) {
    // Deadlines are looked at once a tick; at the default of 500 ms each piece waits for it.
    set(pack, int_types.tick_interval, 100);
    // Short queues: what is asked of a slow peer can't be asked of a fast one in time.
    set(pack, int_types.request_queue_time, 1);
    set(pack, int_types.max_out_request_queue, RequestDepth.OF_FEW);
    set(pack, int_types.piece_timeout, 5);
    set(pack, int_types.request_timeout, 10);
    // Between two windows nothing may be wanted; the seeds are needed again in a moment.
    set(pack, bool_types.close_redundant_connections, false);
    set(pack, int_types.alert_queue_size, ALERT_QUEUE);
    set(
        pack,
        int_types.alert_mask,
        alert
            .error_notification
            .or_(alert.status_notification)
            .or_(alert.storage_notification)
            .or_(alert.tracker_notification)
            .or_(alert.piece_progress_notification)
            .or_(alert.port_mapping_notification)
            .to_int());
  }

  /**
   * Outgoing uTP, for peers that TCP does not reach: by uTP it is tried first, and by TCP next.
   *
   * @see UtpPolicy
   */
  static SettingsPack withUtp() {
    SettingsPack pack = new SettingsPack();
    set(pack, bool_types.enable_outgoing_utp, true);
    // By default, uTP beside TCP slows TCP down.
    set(
        pack,
        int_types.mixed_mode_algorithm,
        settings_pack.bandwidth_mixed_algo_t.prefer_tcp.swigValue());
    // UtpPolicy has the say of when a peer is tried again.
    set(pack, int_types.min_reconnect_time, 1);
    return pack;
  }

  private static void sharing(SettingsPack pack, ShareMode share) {
    // Five pieces by lot, by default, which a newcomer may ask for in the round trip before it is
    // unchoked, in place of what it needs first (BEP 6). Who does not share gives nothing at all.
    set(pack, int_types.allowed_fast_set_size, 0);
    if (share != ShareMode.ON) {
      // Nobody is unchoked: no payload leaves (BEP 3).
      set(pack, int_types.unchoke_slots_limit, 0);
      return;
    }
    // A stream asks for little of each, and a viewer without a slot waits for its picture. While
    // some come far behind there are fewer slots (UnchokePolicy).
    set(pack, int_types.unchoke_slots_limit, MAX_CONNECTIONS);
    // One of the slots, whatever their number, goes to those in turn who have sent nothing.
    set(pack, int_types.num_optimistic_unchoke_slots, 1);
    // In percent of what a peer takes in a second. What waits to be sent delays the requests that
    // this viewer sends on the same connection: at the default of 50, by a second.
    set(pack, int_types.send_buffer_watermark_factor, 10);
    // Blocks. Others keep to it: what they have asked for and do not need any more delays what they
    // need now. Where a peer names none, RequestDepth holds.
    set(pack, int_types.max_allowed_in_request_queue, MAX_QUEUED_BLOCKS);
    // A newcomer waits for its slot as long as this; the default of 15 s is longer than a start,
    // and that of 30 s for the slot that goes round.
    set(pack, int_types.unchoke_interval, 2);
    set(pack, int_types.optimistic_unchoke_interval, 6);
  }

  /** So many peers are sent to at a time; more than there can be are all. */
  static SettingsPack withSlots(long slots) {
    SettingsPack pack = new SettingsPack();
    set(pack, int_types.unchoke_slots_limit, (int) Math.min(MAX_CONNECTIONS, slots));
    return pack;
  }

  static void set(SettingsPack pack, settings_pack.int_types name, int value) {
    pack.setInteger(name.swigValue(), value);
  }

  private static void set(SettingsPack pack, settings_pack.bool_types name, boolean value) {
    pack.setBoolean(name.swigValue(), value);
  }

  private static void set(SettingsPack pack, settings_pack.string_types name, String value) {
    pack.setString(name.swigValue(), value);
  }
}
