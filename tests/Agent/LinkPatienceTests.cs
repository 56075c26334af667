namespace IotAttest.Agent.Tests;

public sealed class LinkPatienceTests
{
    private readonly LinkPatience _patience = new();

    [Fact]
    public void A_connection_that_never_brought_a_question_is_given_up_after_three_waits_and_the_next_after_twice_as_many_up_to_96()
    {
        Assert.Equal([3, 6, 12, 24, 48, 96, 96], Enumerable.Range(0, 7).Select(_ => WaitsUntilOver()));
    }

    // The verifier is away then, most likely, and boards that stay are there when it is back.
    [Fact]
    public void One_that_brought_a_question_has_24_waits_after_each_and_the_next_begins_with_three_again()
    {
        Assert.Equal([3, 6], [WaitsUntilOver(), WaitsUntilOver()]);
        _patience.Begin();
        _patience.IsOver();
        _patience.Heard();
        Assert.DoesNotContain(true, Enumerable.Range(0, 23).Select(_ => _patience.IsOver()));
        _patience.Heard();
        Assert.DoesNotContain(true, Enumerable.Range(0, 23).Select(_ => _patience.IsOver()));

        Assert.Equal(3, WaitsUntilOver());
    }

    [Fact]
    public void One_that_brought_a_question_and_then_nothing_any_more_is_given_up_after_24_waits()
    {
        _patience.Begin();
        _patience.Heard();

        Assert.Equal(24, Enumerable.Range(1, 1_000).First(_ => _patience.IsOver()));
        Assert.Equal(6, WaitsUntilOver());
    }

    private int WaitsUntilOver()
    {
        _patience.Begin();
        int waits = 1;
        while (!_patience.IsOver())
        {
            waits++;
        }

        return waits;
    }
}
