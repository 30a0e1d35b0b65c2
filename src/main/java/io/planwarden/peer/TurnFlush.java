package io.planwarden.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Sends what is written when the event loop has done all that it has to do now, and not at once.
 * What becomes ready together, such as the answers to the changes of one commit, then leaves
 * together, and wakes a peer that sleeps once: waking it takes longer than writing does. Unlike its
 * superclass it also waits for what other connections have still to be read.
 */
final class TurnFlush extends FlushConsolidationHandler {
  TurnFlush() {
    super(DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
  }

  // A superclass that sees no reads takes every flush for one to put off.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
  }
}
