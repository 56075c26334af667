using System.Text;
using IotAttest.Cli.Files;

namespace IotAttest.Cli.Tests.Talking;

/// <summary>Enrolment of long streams over connections that break.</summary>
[Collection(Alone.Name)]
public sealed class EnrolmentStreamTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_stream_of_200_000_lines_is_read_in_bounded_memory()
    {
        const int Lines = 200_000;
        long most = 0;
        int seen = 0;
        await using GeneratedLines source = new(Lines, new string('x', 400));
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await foreach (LineBatch batch in LineBatch.ReadAllAsync(source, 1, CancellationToken.None))
        {
            Assert.True(batch.Count <= 2000);
            Assert.Equal(seen + 1, batch.FirstLine);
            seen += batch.Count;
            most = seen % 20_000 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
        }

        // The whole stream has 80 MB; a batch is under 1 MB and is there as text and as bytes.
        Assert.Equal(Lines, seen);
        Assert.True(most < 16 * 1024 * 1024, $"{most} bytes held");
    }

    [Fact]
    public async Task A_line_without_end_is_held_to_a_bound_and_costs_only_itself()
    {
        await using GeneratedLines source = new(1, new string('x', 50_000_000));

        List<LineBatch> batches = [];
        await foreach (LineBatch batch in LineBatch.ReadAllAsync(source, 1, CancellationToken.None))
        {
            batches.Add(batch);
        }

        Assert.True(Assert.Single(batches).Bytes.Length < 10 * 1024);
    }

    [Fact]
    public async Task A_run_goes_on_from_a_line()
    {
        using StubVerifier verifier = new(request => (200, string.Concat(Enumerable.Range(1, request.Text.Split('\n').Length - 1).Select(number => $$"""{"line":{{number}},"status":201,"ueid":"01"}""" + "\n"))));

        CommandResult result = (await _line.RunAsync("device", "enrol", _line.Write("l.jsonl", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}"), "--from-line", "2", "--server", verifier.Url)).Ended(0);

        Assert.Equal("{\"a\":2}\n{\"a\":3}\n", Assert.Single(verifier.Requests).Text);
        Assert.Contains("2 enrolled", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "{\"line\":1,\"status\":201,\"ueid\":\"01\"}\n")]
    [InlineData(200, "{\"line\":1,\"status\":201,\"ueid\":\"01\"}\n{\"line\":0,\"status\":503,\"seen\":\"the disk is full\"}\n")]
    [InlineData(503, "{}")]
    public async Task A_batch_that_broke_in_the_middle_is_sent_again_and_counted_once(int status, string broken)
    {
        int calls = 0;
        using StubVerifier verifier = new(_ => calls++ == 0 ? (status, broken) : (200, """
            {"line":1,"status":200,"ueid":"01"}
            {"line":2,"status":201,"ueid":"02"}

            """));

        CommandResult result = (await _line.RunAsync("device", "enrol", _line.Write("l.jsonl", "{}\n{}\n"), "--server", verifier.Url)).Ended(0);

        Assert.Equal(2, verifier.Requests.Count);
        Assert.Contains("1 enrolled, 1 were enrolled before, 0 refused", result.Out, StringComparison.Ordinal);
        Assert.Contains("from 1 on again", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verifier_that_stays_broken_ends_the_run_and_says_where_to_go_on()
    {
        using StubVerifier verifier = new(_ => (200, ""));

        CommandResult result = (await _line.RunAsync("device", "enrol", _line.Write("l.jsonl", "{}\n"), "--server", verifier.Url)).Ended(3);

        Assert.Contains("--from-line 1", result.Error, StringComparison.Ordinal);
    }

    /// <summary>The same line again and again, made while it is read.</summary>
    private sealed class GeneratedLines(int count, string line) : Stream
    {
        private readonly byte[] _line = Encoding.UTF8.GetBytes(line + "\n");
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int bytes)
        {
            int inLine = (int)(_at % _line.Length);
            int given = (int)Math.Min(Math.Min(bytes, _line.Length - inLine), ((long)count * _line.Length) - _at);
            _line.AsSpan(inLine, given).CopyTo(buffer.AsSpan(offset));
            _at += given;
            return given;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int bytes) => throw new NotSupportedException();
    }
}
