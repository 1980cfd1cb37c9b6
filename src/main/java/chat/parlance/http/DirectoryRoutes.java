package chat.parlance.http;

import chat.parlance.account.AccountService;
import chat.parlance.account.Actor;
import chat.parlance.auth.UserDirectory;
import chat.parlance.json.ResourceCodec;
import chat.parlance.room.Permission;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Search in the directory of users. */
public final class DirectoryRoutes implements Operations {

    private final UserDirectory directory;
    private final AccountService accounts;

    public DirectoryRoutes(UserDirectory directory, AccountService accounts) {
        this.directory = directory;
        this.accounts = accounts;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.of("findUsers", this::find);
    }

    private void find(RoutingContext context) {
        Responses.answer(
                context,
                200,
                accounts.require(new Actor(Authentication.principal(context).user()), Permission.FIND_USERS)
                        .compose(allowed -> directory.find(
                                context.request().getParam("q", ""),
                                context.request().getParam("afterId", ""),
                                Parameters.limit(context))),
                ResourceCodec::encodeUsers);
    }
}
