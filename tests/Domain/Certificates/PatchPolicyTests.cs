using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Tests.Certificates;

public sealed class PatchPolicyTests
{
    [Theory]
    [InlineData("none", true)]
    [InlineData("open", true)]
    [InlineData("assessedProcess:1", true)]
    [InlineData("assessedProcess:365", true)]
    [InlineData("assessedProcess:0", false)]
    [InlineData("assessedProcess:366", false)]
    [InlineData("assessedProcess:", false)]
    [InlineData("assessedProcess", false)]
    [InlineData("assessedProcess:+1", false)]
    [InlineData("Open", false)]
    [InlineData("", false)]
    public void A_policy_is_written_as_it_is_read(string text, bool isPolicy)
    {
        Assert.Equal(isPolicy, PatchPolicy.TryParse(text, out PatchPolicy policy));

        if (isPolicy)
        {
            Assert.Equal(text, policy.ToString());
        }
    }

    [Fact]
    public void It_covers_from_the_submission_on()
    {
        DateTimeOffset then = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

        Assert.Null(PatchPolicy.None.CoversUntil(then));
        Assert.Equal(then.AddDays(30), PatchPolicy.Assessed(30).CoversUntil(then));
        Assert.Equal(DateTimeOffset.MaxValue, PatchPolicy.Open.CoversUntil(then));
    }
}
