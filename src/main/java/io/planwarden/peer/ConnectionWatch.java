package io.planwarden.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import io.planwarden.peer.Patience.Limits;
import io.planwarden.peer.Patience.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cuts one connection when its peer keeps us waiting for too long; before the handlers of HTTP. */
final class ConnectionWatch extends ChannelDuplexHandler {
  /**
   * What all watches share.
   *
   * @param limits how long a peer may take
   * @param look how often each connection is looked at
   * @param nanos a clock that only moves forward
   * @param cuts told of every cut, on any event loop
   * @param decoder makes a reader of requests for one connection
   */
  record Settings(
      Limits limits,
      Duration look,
      LongSupplier nanos,
      Consumer<Cut> cuts,
      Supplier<StrictDecoder> decoder) {}

  private final Settings settings;
  private final Patience patience;
  private long written;
  private @Nullable ScheduledFuture<?> looks;

  ConnectionWatch(Settings settings) {
    this.settings = settings;
    this.patience = new Patience(settings.limits(), settings.nanos().getAsLong());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    long look = settings.look().toNanos();
    looks = ctx.executor().scheduleAtFixedRate(() -> look(ctx), look, look, TimeUnit.NANOSECONDS);
    RequestMarks.place(ctx.pipeline(), patience, settings);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (looks != null) {
      looks.cancel(false);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(message, promise.unvoid().addListener(done -> written++));
  }

  private void look(ChannelHandlerContext ctx) {
    Channel channel = ctx.channel();
    patience
        .check(settings.nanos().getAsLong(), channel.config().isAutoRead(), unsent(channel))
        .ifPresent(
            cut -> {
              settings.cuts().accept(cut);
              // The system would keep what is unsent until the peer takes it.
              channel.config().setOption(ChannelOption.SO_LINGER, 0);
              ctx.close();
            });
  }

  private Optional<Progress> unsent(Channel channel) {
    var buffer = channel.unsafe().outboundBuffer();
    return buffer == null || buffer.isEmpty()
        ? Optional.empty()
        : Optional.of(new Progress(written, buffer.currentProgress()));
  }
}
