package chat.parlance.testing;

import chat.parlance.connection.ConnectionMeters;
import chat.parlance.connection.LanguageName;
import chat.parlance.connection.OutboundTotals;
import chat.parlance.persistence.AppendRejection;
import chat.parlance.persistence.StoreMeters;
import chat.parlance.persistence.Workload;
import chat.parlance.protocol.CloseCode;
import chat.parlance.room.PageOrigin;
import chat.parlance.room.RoomMeters;

/** Meters that count nothing. */
public class NoMeters implements RoomMeters, StoreMeters, ConnectionMeters {

    @Override
    public void gapRead(int events) {}

    @Override
    public void delivered(int events, int subscribers) {}

    @Override
    public void rewound() {}

    @Override
    public void fenced(int events) {}

    @Override
    public void paged(PageOrigin origin) {}

    @Override
    public void tailsGrew(long bytes) {}

    @Override
    public void asked(Workload workload) {}

    @Override
    public void committed(int messages, long nanoseconds) {}

    @Override
    public void failed(Workload workload) {}

    @Override
    public void lockTimedOut(Workload workload) {}

    @Override
    public void passedOver(int messages) {}

    @Override
    public void readRefused(Workload workload) {}

    @Override
    public void waiting(int messages) {}

    @Override
    public void unknown(int messages) {}

    @Override
    public void refused(AppendRejection refusal) {}

    @Override
    public void unanswered(int messages) {}

    @Override
    public void rejected() {}

    @Override
    public void answered(Workload workload, long nanoseconds) {}

    @Override
    public void searched(long nanoseconds) {}

    @Override
    public void clockAhead(long milliseconds) {}

    @Override
    public void opened(LanguageName language) {}

    @Override
    public void closed(LanguageName language) {}

    @Override
    public void queued(OutboundTotals before, OutboundTotals now) {}

    @Override
    public void cut(CloseCode code) {}

    @Override
    public void paused() {}

    @Override
    public void acknowledged(long nanoseconds) {}
}
