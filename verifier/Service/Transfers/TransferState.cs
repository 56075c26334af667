namespace IotAttest.Service.Transfers;

/// <summary>What became of a transfer.</summary>
internal enum TransferState
{
    /// <summary>The receiver may accept it.</summary>
    Offered = 1,

    /// <summary>The boards are the receiver's.</summary>
    Accepted = 2,

    /// <summary>The receiver did not want them.</summary>
    Declined = 3,

    /// <summary>The sender took the offer back.</summary>
    Withdrawn = 4,

    /// <summary>Nobody accepted in time: computed, never written.</summary>
    Expired = 5,
}
