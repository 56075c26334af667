using System.Net;
using IotAttest.Protocol;
using IotAttest.Service.Tests.Lessons;

namespace IotAttest.Service.Tests.Cluster;

/// <summary>What nodes of a RabbitMQ are told about boards (DESIGN.md section 5, own topics), as rabbitmq_auth_backend_http 3.10.8 asks.</summary>
public sealed class BoardAccessTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "Zm9yLXRlc3RzLW9ubHktMzItbGV0dGVycw_-";

    private readonly string _file = Path.GetTempFileName();
    private readonly LogMemory _logs = new();
    private VerifierUnderTest _verifier = null!;
    private TestBoard _board = null!;
    private TestBoard _other = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, Secret);
        _verifier = await VerifierUnderTest.StartAsync(change: options => options with { ClusterAccessFile = _file }, logs: _logs);
        using HttpClient acme = await _verifier.OrganisationAsync("acme", "manufacturer");
        _board = await new TestBoard(_verifier).EnrolAsync();
        _other = await new TestBoard(_verifier).EnrolAsync();
    }

    public async Task DisposeAsync()
    {
        await _verifier.DisposeAsync();
        _board.Dispose();
        _other.Dispose();
        File.Delete(_file);
    }

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task A_board_logs_in_under_its_ueid_as_user_and_client_with_its_credential_alone()
    {
        TestBoard stranger = new(_verifier);

        Assert.Equal("allow", await LogInAsync(_board.Ueid, _board.Credential));
        Assert.Equal("deny", await LogInAsync(_board.Ueid, _other.Credential));
        Assert.Equal("deny", await LogInAsync(_board.Ueid, ""));
        Assert.Equal("deny", await LogInAsync(_board.Ueid, _board.Credential, _other.Ueid));
        Assert.Equal("deny", await LogInAsync(stranger.Ueid, stranger.Credential));
        Assert.Equal("deny", await LogInAsync(_board.Ueid.ToUpperInvariant(), _board.Credential));
        Assert.Equal("deny", await AskAsync("user", ("username", _board.Ueid), ("password", _board.Credential)));
        Assert.Equal("deny", await AskAsync("user", ("username", "iotattest-verifier"), ("password", "x"), ("client_id", "iotattest-verifier")));
        Assert.Equal("allow", await AskAsync("vhost", ("username", _board.Ueid), ("vhost", "/")));
        Assert.Equal("deny", await AskAsync("vhost", ("username", _board.Ueid), ("vhost", "other")));
        stranger.Dispose();
    }

    [Fact]
    public async Task A_board_out_of_service_is_denied_everything_and_one_with_a_new_credential_its_old_one()
    {
        using HttpClient client = _verifier.Operator();

        Assert.Equal(200, await client.PostJsonAsync($"/v1/devices/{_board.Ueid}/decommission", new { reason = "sold" }).StatusAsync());

        Assert.Equal("deny", await LogInAsync(_board.Ueid, _board.Credential));
        Assert.Equal("deny", await AskAsync("vhost", ("username", _board.Ueid), ("vhost", "/")));
        Assert.Equal("deny", await TopicAsync(_board, "write", Topics.Evidence(_board.Ueid)));
        Assert.Equal("deny", await QueueAsync(_board, "read", _board.Ueid));
        Assert.Equal("allow", await LogInAsync(_other.Ueid, _other.Credential));
    }

    [Fact]
    public async Task Topics_and_queues_are_a_boards_own()
    {
        string own = _board.Ueid;

        Assert.Equal("allow", await TopicAsync(_board, "write", Topics.Evidence(own)));
        Assert.Equal("allow", await TopicAsync(_board, "write", Topics.Hello(own)));
        Assert.Equal("allow", await TopicAsync(_board, "read", Topics.Challenge(own)));
        Assert.Equal("allow", await TopicAsync(_board, "read", Topics.Result(own)));
        Assert.Equal("allow", await TopicAsync(_board, "read", Topics.Epoch));
        foreach (string topic in new[] { Topics.Evidence(_other.Ueid), Topics.Hello(_other.Ueid), Topics.Challenge(own), Topics.Result(own), Topics.Epoch, "", "#" })
        {
            Assert.Equal("deny", await TopicAsync(_board, "write", topic));
        }

        foreach (string topic in new[] { Topics.Challenge(_other.Ueid), Topics.Result(_other.Ueid), Topics.Evidence(own), $"{Topics.Prefix}*/challenge", $"{Topics.Prefix}#", "#", "" })
        {
            Assert.Equal("deny", await TopicAsync(_board, "read", topic));
        }

        Assert.Equal("deny", await TopicAsync(_board, "configure", Topics.Evidence(own)));
        foreach (string permission in new[] { "configure", "read", "write" })
        {
            Assert.Equal("allow", await QueueAsync(_board, permission, own));
            Assert.Equal("deny", await QueueAsync(_board, permission, _other.Ueid));
            Assert.Equal("deny", await AskAsync("resource", ("username", own), ("vhost", "/"), ("resource", "queue"), ("name", "iotattest.v1.evidence"), ("permission", permission)));
            Assert.Equal(permission == "configure" ? "deny" : "allow", await AskAsync("resource", ("username", own), ("vhost", "/"), ("resource", "exchange"), ("name", "amq.topic"), ("permission", permission)));
            Assert.Equal("deny", await AskAsync("resource", ("username", own), ("vhost", "/"), ("resource", "exchange"), ("name", "iotattest.v1.dead"), ("permission", permission)));
        }
    }

    [Fact]
    public async Task Without_the_secret_there_is_no_route_and_nothing_of_it_or_of_a_credential_is_logged_or_answered()
    {
        using HttpClient client = _verifier.Anybody();
        string form = $"username={_board.Ueid}&password={_board.Credential}&client_id={_board.Ueid}";

        foreach (string guess in new[] { Secret[..^1], $"{Secret}x", Secret.ToUpperInvariant(), "x" })
        {
            using HttpResponseMessage response = await client.PostTextAsync($"/v1/rabbitmq/{guess}/user", form, "application/x-www-form-urlencoded");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.DoesNotContain(guess == "x" ? Secret : guess, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("allow", await LogInAsync(_board.Ueid, _board.Credential));
        Assert.Equal("deny", await LogInAsync(_board.Ueid, "wrong-word"));
        await using VerifierUnderTest without = await VerifierUnderTest.StartAsync();
        using HttpClient other = without.Anybody();
        Assert.Equal(404, await other.PostTextAsync($"/v1/rabbitmq/{Secret}/user", form, "application/x-www-form-urlencoded").StatusAsync());
        foreach (string secret in new[] { Secret, _board.Credential, "wrong-word" })
        {
            Assert.DoesNotContain(secret, _logs.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("username")]
    [InlineData("username=a&username=b")]
    [InlineData("=&=")]
    public async Task What_is_no_question_is_denied(string form)
    {
        using HttpClient client = _verifier.Anybody();

        foreach (string kind in new[] { "user", "vhost", "resource", "topic" })
        {
            using HttpResponseMessage response = await client.PostTextAsync($"/v1/rabbitmq/{Secret}/{kind}", form, "application/x-www-form-urlencoded");
            Assert.Equal("deny", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_question_of_more_than_4_KiB_is_refused()
    {
        using HttpClient client = _verifier.Anybody();

        Assert.Equal(200, await client.PostTextAsync($"/v1/rabbitmq/{Secret}/user", $"a={new string('x', 4094)}", "application/x-www-form-urlencoded").StatusAsync());
        Assert.Equal(413, await client.PostTextAsync($"/v1/rabbitmq/{Secret}/user", $"a={new string('x', 4095)}", "application/x-www-form-urlencoded").StatusAsync());
    }

    [Fact]
    public async Task Failures_of_strangers_do_not_keep_a_board_out()
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            Assert.Equal("deny", await LogInAsync(_board.Ueid, "wrong"));
        }

        Assert.Equal("allow", await LogInAsync(_board.Ueid, _board.Credential));
    }

    private Task<string> LogInAsync(string user, string password, string? client = null) => AskAsync("user", ("username", user), ("password", password), ("vhost", "/"), ("client_id", client ?? user));

    private Task<string> TopicAsync(TestBoard board, string permission, string topic) => AskAsync(
        "topic", ("username", board.Ueid), ("vhost", "/"), ("resource", "topic"), ("name", "amq.topic"), ("permission", permission), ("tags", ""), ("routing_key", topic.Replace('/', '.')), ("variable_map.client_id", board.Ueid));

    private Task<string> QueueAsync(TestBoard board, string permission, string ueid) => AskAsync(
        "resource", ("username", board.Ueid), ("vhost", "/"), ("resource", "queue"), ("name", $"mqtt-subscription-{ueid}qos1"), ("permission", permission), ("tags", ""), ("client_id", board.Ueid));

    private async Task<string> AskAsync(string kind, params (string Key, string Value)[] fields)
    {
        using HttpClient client = _verifier.Anybody();
        string form = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        using HttpResponseMessage response = await client.PostTextAsync($"/v1/rabbitmq/{Secret}/{kind}", form, "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
