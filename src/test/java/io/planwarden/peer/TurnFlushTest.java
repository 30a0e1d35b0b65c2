package io.planwarden.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnFlushTest {
  private final List<String> events = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new Socket(), new TurnFlush(), new Application());

  @Test
  void answerToWhatWasRead_leavesAfterTheTasksThatAreDue() {
    channel.eventLoop().execute(() -> events.add("another task"));

    channel.writeInbound("request");

    assertThat(events).containsExactly("written", "read", "another task", "flushed");
    assertThat(channel.outboundMessages()).hasSize(1);
  }

  @Test
  void closed_sendsWhatIsWrittenFirst() {
    channel.pipeline().fireChannelRead("request");

    channel.pipeline().close();

    assertThat(events).containsExactly("written", "flushed", "closed");
    assertThat(channel.outboundMessages()).hasSize(1);
  }

  /** What is nearer to the socket. */
  private final class Socket extends ChannelDuplexHandler {
    @Override
    public void flush(ChannelHandlerContext ctx) {
      events.add("flushed");
      ctx.flush();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
      events.add("closed");
      ctx.close(promise);
    }
  }

  /** Answers at once. */
  private final class Application extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.writeAndFlush("answer");
      events.add("written");
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      events.add("read");
    }
  }
}
