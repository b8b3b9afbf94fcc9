package app.turnout.runner.mail;

import app.turnout.runner.RunnerException;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// An SMTP server that takes every mail and delivers none, with a page that shows them.
public final class Mailbox implements AutoCloseable {
  private static final int KEPT = 1_000;

  private final GreenMail smtp;
  private final int smtpPort;
  private final Server pages;
  private final InstantSource clock;
  private final Deque<Mail> mails = new ArrayDeque<>();
  private long taken;

  private Mailbox(int smtpPort, int pagePort, InstantSource clock) {
    this.smtpPort = smtpPort;
    this.clock = clock;
    this.smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    QueuedThreadPool threads = new QueuedThreadPool(8, 2);
    threads.setName("mailbox");
    threads.setDaemon(true);
    this.pages = new Server(threads);
    ServerConnector connector = new ServerConnector(pages, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setPort(pagePort);
    pages.addConnector(connector);
    pages.setHandler(new MailboxPages(this));
  }

  /// Starts it on the loopback interface.
  ///
  /// @param clock for the time that mails were taken at
  public static Mailbox start(int smtpPort, int pagePort, InstantSource clock) {
    Mailbox mailbox = new Mailbox(smtpPort, pagePort, clock);
    try {
      mailbox.smtp.start();
      GreenMailUser sink = mailbox.smtp.setUser("mailbox@localhost", "mailbox");
      mailbox
          .smtp
          .getUserManager()
          .setMessageDeliveryHandler((message, to) -> mailbox.take(message, to, sink));
      mailbox.pages.start();
      return mailbox;
    } catch (Exception e) {
      mailbox.close();
      throw new RunnerException("the mailbox did not start: " + e.getMessage(), e);
    }
  }

  private GreenMailUser take(MovingMessage message, MailAddress to, GreenMailUser sink)
      throws MessagingException, UserException {
    synchronized (mails) {
      try {
        mails.addFirst(
            MailReader.read(taken + 1, to.getEmail(), message.getMessage(), clock.instant()));
      } catch (IOException e) {
        throw new MessagingException("not a readable mail", e);
      }
      taken++;
      if (mails.size() > KEPT) {
        mails.removeLast();
      }
    }
    return sink;
  }

  /// The newest first.
  List<Mail> mails() {
    synchronized (mails) {
      return List.copyOf(mails);
    }
  }

  /// Where mails are taken.
  public int smtpPort() {
    return smtpPort;
  }

  /// The page that shows them; `messages` below it is the same as JSON.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + pages.getURI().getPort() + "/");
  }

  @Override
  public void close() {
    try {
      pages.stop();
    } catch (Exception e) {
      throw new RunnerException("the mailbox does not stop: " + e.getMessage(), e);
    } finally {
      smtp.stop();
    }
  }
}
