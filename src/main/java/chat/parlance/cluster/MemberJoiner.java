package chat.parlance.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import com.hazelcast.internal.server.ServerConnectionManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Joiner of Hazelcast that searches members at the addresses of {@link MemberAddresses}, each time it joins and each
 * time it checks for another half to merge with, and at the addresses of members known before.
 *
 * <p>Hazelcast's own joiner for TCP drops all addresses of a name but those of this node's own interface; the one for
 * discovery plugins forgets known members, which a name may not list while they are not ready. Both of them wait five
 * seconds for each address that does not answer when they check for halves, one after the other.
 */
final class MemberJoiner extends TcpIpJoiner {

    /** Limit of the connects in a check for other halves; the next check finds slower ones. */
    private static final int CONNECT_MS = 500;

    private static final int AGAIN_MS = 10;

    /**
     * Time for any name to resolve on a starting node, so that the names of containers that start at the same moment
     * exist before one of them founds a cluster of its own.
     */
    private static final int RESOLVE_MS = 2000;

    private static final int RESOLVE_AGAIN_MS = 100;

    private final MemberAddresses addresses;

    MemberJoiner(Node node, MemberAddresses addresses) {
        super(node);
        this.addresses = addresses;
    }

    @Override
    protected Collection<Address> getPossibleAddressesForInitialJoin() {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RESOLVE_MS);
        while (addresses.candidates().isEmpty() && System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RESOLVE_AGAIN_MS));
        }
        return getPossibleAddresses();
    }

    @Override
    protected Collection<Address> getPossibleAddresses() {
        Collection<Address> possible = new HashSet<>(super.getPossibleAddresses());
        addresses.candidates().stream().map(Address::new).forEach(possible::add);
        possible.remove(node.getThisAddress());
        return possible;
    }

    @Override
    public Collection<Address> getFilteredPossibleAddresses() {
        Collection<Address> others = super.getFilteredPossibleAddresses();
        ServerConnectionManager connections = node.getServer().getConnectionManager(EndpointQualifier.MEMBER);
        others.forEach(address -> connections.getOrConnect(address, true));
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MS);
        while (!others.stream().allMatch(address -> connections.get(address) != null)
                && System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(AGAIN_MS));
        }
        others.removeIf(address -> connections.get(address) == null);
        return others;
    }
}
