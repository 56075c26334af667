using IotAttest.Domain.Boards;

namespace IotAttest.Domain.Tests.Boards;

public sealed class NewClassTests
{
    private static readonly Guid Class = Guid.Parse("b1f5b6f2-52c7-4b7e-8f3e-0d4c7b9ae613");

    [Fact]
    public void A_template_becomes_a_product_and_every_other_line_stays()
    {
        string template = BoardFiles.Text(BoardFiles.Esp32S3);

        string product = BoardJson.WithClass(template, Class, 32473);

        BoardDescription board = BoardFiles.MustRead(product);
        Assert.Equal(Class, board.Class);
        Assert.Equal(32473, board.OemId!.Number);
        string[] added = [$"  \"class\": \"{Class}\",", "  \"oemid\": 32473,"];
        Assert.Equal(added, product.Split('\n').Except(template.Split('\n')));
        Assert.Equal(template, product.Replace(added[0] + "\n", "", StringComparison.Ordinal).Replace(added[1] + "\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_product_becomes_another_product()
    {
        string first = BoardJson.WithClass(BoardFiles.Text(BoardFiles.Stm32), Guid.Parse("6e0f5f0c-7f0b-4a53-9d1c-3a4b1f6c2e71"), 1);

        string second = BoardJson.WithClass(first, Class, uint.MaxValue);

        BoardDescription board = BoardFiles.MustRead(second);
        Assert.Equal(Class, board.Class);
        Assert.Equal(uint.MaxValue, board.OemId!.Number);
        Assert.Equal(first.Split('\n').Length, second.Split('\n').Length);
    }

    [Fact]
    public void A_file_on_one_line_works_too()
    {
        string oneLine = BoardFiles.Edited(BoardFiles.Esp32C6, _ => { });

        Assert.Equal(Class, BoardFiles.MustRead(BoardJson.WithClass(oneLine, Class, 1)).Class);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4294967296)]
    public void A_number_out_of_range_is_the_callers_mistake(long oemid)
    {
        Assert.Throws<ArgumentException>(() => BoardJson.WithClass(BoardFiles.Text(BoardFiles.Stm32), Class, oemid));
    }

    [Fact]
    public void An_empty_class_or_a_bad_file_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => BoardJson.WithClass(BoardFiles.Text(BoardFiles.Stm32), Guid.Empty, 1));
        Assert.Throws<ArgumentException>(() => BoardJson.WithClass("{}", Class, 1));
    }
}
