namespace IotAttest.Domain.Products;

/// <summary>Where a product stands on the market. The words are stored.</summary>
public enum MarketStatus
{
    /// <summary>Not sold yet.</summary>
    Announced = 1,

    /// <summary>Placed on the market by its maker.</summary>
    OnSale = 2,

    /// <summary>No longer placed on the market; support runs on until its own end.</summary>
    Ended = 3,
}
