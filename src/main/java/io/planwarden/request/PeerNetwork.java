package io.planwarden.request;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a caller calls from, as far as it cannot choose it at will. */
final class PeerNetwork {
  private static final int PREFIX_BYTES = 8;
  private static final HexFormat HEX = HexFormat.of();

  private PeerNetwork() {}

  /**
   * The address itself in IPv4, the first 64 bits in IPv6, where one host has all the rest to
   * choose from. What is no address is {@code unknown}.
   */
  static String of(@Nullable String address) {
    byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return "unknown";
    }
    try {
      // An IPv4 address that is written as an IPv6 one becomes what it is.
      InetAddress read = InetAddress.getByAddress(bytes);
      return read instanceof Inet4Address
          ? read.getHostAddress()
          : HEX.formatHex(Arrays.copyOf(bytes, PREFIX_BYTES)) + "/64";
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
