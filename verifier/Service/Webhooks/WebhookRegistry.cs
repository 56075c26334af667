using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Service.Access;
using IotAttest.Service.Events;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Webhooks;

/// <summary>Makes and ends the webhooks of an organisation.</summary>
internal sealed class WebhookRegistry(StoreWriter store, Database database, EventFeed feed, SecretBox box, WebhookLogins logins, TimeProvider clock)
{
    public const int MaxPerOrganisation = 20;

    /// <summary>Binds a wrapped secret to its webhook.</summary>
    public static byte[] LabelOf(string id) => Encoding.ASCII.GetBytes($"webhook {id}");

    /// <summary>Makes a webhook; it hears of what happens from now on.</summary>
    /// <returns>The webhook with its secret, only this once.</returns>
    /// <exception cref="ProblemException">There are too many.</exception>
    public async Task<WebhookView> AddAsync(Caller caller, WebhookRequest request, CancellationToken cancellation)
    {
        string id = $"wh_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        byte[] secret = RandomNumberGenerator.GetBytes(WebhookSignature.SecretBytes);
        WebhookRow unbound = new()
        {
            Id = id,
            Organisation = caller.Organisation,
            Url = request.Url.AbsoluteUri,
            Types = string.Join(',', request.Types),
            Secret = box.Wrap(secret, LabelOf(id)),
            Cursor = feed.Newest,
            CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        WebhookRow row = logins.Bind(unbound, caller);
        await store.ExecuteAsync((connection, transaction) => Insert(connection, transaction, row), cancellation);
        return View(row, WebhookSignature.Text(secret));
    }

    public IReadOnlyList<WebhookView> List(Caller caller)
    {
        using DbConnection connection = database.Open();
        return [.. WebhookTable.Of(connection, null, caller.Organisation).Select(row => View(row))];
    }

    /// <exception cref="ProblemException">404 for none of that id, and for another's: the answer does not tell which.</exception>
    public WebhookRow Find(Caller caller, string id)
    {
        using DbConnection connection = database.Open();
        return Own(WebhookTable.Find(connection, null, id), caller);
    }

    public IReadOnlyList<DeadLetterView> DeadLetters(Caller caller, string id)
    {
        WebhookRow row = Find(caller, id);
        using DbConnection connection = database.Open();
        return WebhookTable.DeadLetters(connection, row.Id);
    }

    public Task DeleteAsync(Caller caller, string id, CancellationToken cancellation)
    {
        WebhookRow row = Find(caller, id);
        return store.ExecuteAsync((connection, transaction) => WebhookTable.Delete(connection, transaction, row.Id), cancellation);
    }

    /// <summary>Sends again what came after a cursor; letters given up after it are forgotten, for they come again.</summary>
    public Task ReplayAsync(Caller caller, string id, long since, CancellationToken cancellation)
    {
        WebhookRow row = Find(caller, id);
        return store.ExecuteAsync((connection, transaction) => WebhookTable.Rewind(connection, transaction, row.Id, since), cancellation);
    }

    /// <summary>Puts the login of the caller behind a webhook; deliveries go on after the cursor, with what that login may hear.</summary>
    public async Task<WebhookView> ResumeAsync(Caller caller, string id, CancellationToken cancellation)
    {
        WebhookRow row = logins.Bind(Find(caller, id), caller);
        await store.ExecuteAsync((connection, transaction) => WebhookTable.Rebind(connection, transaction, row), cancellation);
        return View(Find(caller, id));
    }

    private WebhookView View(WebhookRow row, string? secret = null) => WebhookView.Of(row, logins.Fault(row), secret);

    private static void Insert(DbConnection connection, DbTransaction transaction, WebhookRow row)
    {
        if (WebhookTable.Of(connection, transaction, row.Organisation).Count >= MaxPerOrganisation)
        {
            throw Refuse.Conflict($"{MaxPerOrganisation} webhooks", $"at most {MaxPerOrganisation}", "Delete one first.");
        }

        WebhookTable.Insert(connection, transaction, row);
    }

    private static WebhookRow Own(WebhookRow? row, Caller caller) => row is not null && row.Organisation == caller.Organisation
        ? row
        : throw Refuse.NotFound("no webhook of that id that is yours", "the id of a webhook of yours");
}
