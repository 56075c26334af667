namespace IotAttest.Domain.Recognition;

/// <summary>How a certificate counts under another scheme.</summary>
public enum RecognitionResult
{
    /// <summary>It is a certificate of this very scheme.</summary>
    Certified = 1,

    /// <summary>It counts, without an application.</summary>
    Deemed = 2,

    /// <summary>The holder must apply; the way is shorter.</summary>
    Streamlined = 3,

    /// <summary>It does not count.</summary>
    None = 4,
}
